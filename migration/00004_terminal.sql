-- +goose Up
-- domain/terminal: modules (PSAM) given out with reading terminals, who keeps them, and the list of invalid cards
create table psam (id text primary key, city text not null, serial text not null unique, terminal text not null unique,
    applied_as text not null, applied_day text not null, purpose text not null, state text not null, rev bigint not null,
    token_mark text not null, came_at bigint not null);
create index psam_state on psam (city, state);
create table psam_stay (psam text not null references psam (id), seq bigint not null, place_kind text not null, place text not null,
    keeper_seal text not null, since bigint not null, until bigint not null, primary key (psam, seq));
create unique index psam_stay_now on psam_stay (psam) where until = 0;
create table invalid_list (number bigint primary key, drawn_at bigint not null, upto bigint not null, n bigint not null);
create table invalid_line (number bigint not null references invalid_list (number), chip text not null, card text not null,
    reason text not null, gone bigint not null, primary key (number, chip));
create index invalid_line_chip on invalid_line (chip, number);

-- domain/card: a card is known by its answer to reset at a terminal
create index card_reset on card (atr) where atr <> '';
