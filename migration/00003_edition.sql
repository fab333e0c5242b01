-- +goose Up
-- domain/edition: editions proposed, agreed and published at run time. Who agreed is never who
-- proposed; a number is given once, and with it the book's order.
create table edition (id text primary key, city text not null, edition text not null, file text not null, body text not null,
    starts_on text not null, state text not null, rev bigint not null, no bigint not null, note text not null,
    proposed_by text not null, proposed_at bigint not null, decided_by text not null, decided_at bigint not null, words text not null,
    check (state not in ('published', 'rejected') or (decided_by <> '' and decided_by <> proposed_by)),
    check (state <> 'withdrawn' or decided_by = proposed_by),
    check (state <> 'published' or no > 0));
create unique index edition_no on edition (city, no) where no > 0;
create index edition_city on edition (city, proposed_at);
