-- +goose Up
-- domain/access: first_until is the moment a first password runs out, 0 once its owner has chosen another. Whoever
-- was hired before could not choose, so all of them hold first passwords; nobody knows since when, so those do not
-- run out (year 9999).
alter table staff add column first_until bigint not null default 0;
update staff set first_until = 253402214400000000;
