-- +goose Up
-- domain/certificate: reason is what should be so ('' is good); told is what the authority last confirmed, asking
-- the message in which it is being told. Between reason and told lies the gap that a duty closes.
alter table certificate add column told text not null default '';
alter table certificate add column asking text not null default '';
drop index certificate_ending;
update certificate set told = reason where state = 'revoked';
update certificate set state = 'revoked' where state in ('ending', 'told');
create index certificate_gap on certificate (serial) where reason <> told and asking = '';

-- domain/loss: reports of loss; one that is open stands behind each card in national state 2 or 4
create table loss (id text primary key, city text not null, card text not null, person text not null, kind text not null,
    reason text not null, channel text not null, reporter_kind text not null, reporter text not null, since bigint not null,
    until bigint not null, expiry text not null, warn_at bigint not null, warned_at bigint not null, ended_at bigint not null, ending text not null,
    check (kind = 'temporary' or until = 0));
create unique index loss_open on loss (card) where ended_at = 0;
create index loss_card on loss (card);
create index loss_until on loss (city, until) where ended_at = 0 and until > 0;
create index loss_city on loss (city, since);

-- domain/cancellation: who asked that a card be cancelled, why, by which proof, and who agreed
create table cancellation (id text primary key, city text not null, card text not null, person text not null, reason text not null,
    proof text not null, channel text not null, state text not null, rev bigint not null, asked_by text not null, asked_at bigint not null,
    decided_by text not null, decided_at bigint not null,
    check (state = 'asked' or decided_by <> ''),
    check (reason <> 'death' or state <> 'done' or decided_by <> asked_by));
create unique index cancellation_asked on cancellation (card) where state = 'asked';
create index cancellation_card on cancellation (card);
create index cancellation_waits on cancellation (city, asked_at) where state = 'asked';
