-- +goose Up
-- domain/portrait: people's photos for the card. A picture that is replaced is emptied; its line stays.
create table photo (id text primary key, city text not null, person text not null, source text not null, state text not null,
    rev bigint not null, picture_seal text not null, digest text not null, quality bigint not null, white bigint not null,
    problems text not null, looker_kind text not null, looker text not null, taken_at bigint not null, decided_at bigint not null,
    decided_by text not null);
create unique index photo_good on photo (person) where state = 'good';
create unique index photo_open on photo (person) where state in ('waiting', 'refused');
create index photo_person on photo (person);
create index photo_looker on photo (looker_kind, looker, state, taken_at) where state in ('waiting', 'refused');

-- people the population register has been asked about and has not answered yet
create table photo_asked (person text primary key, at bigint not null);
