-- +goose Up
-- domain/certificate: why one goes out of use; what readers of cards need to trust them
alter table certificate add column reason text not null default '';
create index certificate_ending on certificate (state) where state = 'ending';
create table authority (name text primary key, root_pem text not null, issuing_pem text not null, list_pem text not null,
    root_list_pem text not null, former text not null, fetched_at bigint not null);

-- domain/production: chips that something was written on and that are no card: counted and destroyed
create table waste (chip text primary key, card text not null, batch text not null, factory text not null, reason text not null,
    at bigint not null);
create index waste_batch on waste (batch);
create index waste_card on waste (card);
