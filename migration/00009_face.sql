-- +goose Up
-- domain/production: names that somebody looks at before their card is ordered, and what was printed on each
-- card by its digest
create table proof (application text primary key, city text not null, name_mark text not null, state text not null, rev bigint not null,
    reason text not null, since bigint not null, due_at bigint not null, decided_at bigint not null, decided_by text not null);
create index proof_open on proof (city, state, due_at) where state <> 'right';
create table printed (card text primary key, digest text not null, fonts text not null, at bigint not null);
