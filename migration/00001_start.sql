-- +goose Up
-- Times are UTC microseconds. Columns named *_seal are sealed, *_mark are keyed digests for look-up.

-- kit/state: the allowed moves, and what happened
create table move (cycle text not null, from_state text not null, event text not null, to_state text not null,
    primary key (cycle, from_state, event, to_state));
create table history (subject text not null, cycle text not null, rev bigint not null, from_state text not null,
    event text not null, to_state text not null, at bigint not null, sitting text not null, primary key (subject, cycle, rev),
    foreign key (cycle, from_state, event, to_state) references move (cycle, from_state, event, to_state));

-- kit/job
create table duty (kind text not null, key text not null, due_at bigint not null, attempts bigint not null,
    leased_until bigint not null, node text not null, last_fault text not null, primary key (kind, key));
create index duty_due on duty (due_at);

-- domain/audit
create table audit (seq bigint primary key, sitting text not null unique, at bigint not null, actor_kind text not null,
    actor text not null, org text not null, channel text not null, act text not null, subject text not null,
    n bigint not null, detail text not null, prev text not null, hash text not null);
create index audit_subject on audit (subject);
create table audit_head (one bigint primary key, seq bigint not null, hash text not null);
insert into audit_head (one, seq, hash) values (1, 0, '');
create table audit_anchor (seq bigint primary key, at bigint not null, hash text not null, signer text not null, signature text not null);

-- flow/desk: commands that carry an idempotency key
create table command (key text primary key, sitting text not null, at bigint not null, result text not null);

-- domain/exchange
create table exchange (id text primary key, direction text not null, family text not null, partner text not null,
    kind text not null, key text not null, subject text not null, n bigint not null, state text not null, rev bigint not null,
    attempts bigint not null, digest text not null, body_seal text not null, answer_seal text not null, fault text not null,
    created_at bigint not null, sent_at bigint not null, answered_at bigint not null,
    unique (direction, family, partner, key));
create index exchange_state on exchange (state, created_at);
create index exchange_subject on exchange (subject);
create table exchange_cursor (family text not null, partner text not null, upto text not null, primary key (family, partner));

-- domain/outlet
create table outlet (id text primary key, city text not null, bank text not null, kind text not null, name text not null,
    name_en text not null, district text not null, address text not null, phone text not null, hours text not null, instant bigint not null);
create index outlet_bank on outlet (city, bank);

-- domain/employer
create table employer (id text primary key, city text not null, uscc text not null unique, name text not null,
    district text not null, payroll_bank text not null);

-- domain/person: the holder base
create table person (id text primary key, city text not null, number_seal text not null, number_mark text not null unique,
    name_seal text not null, mobile_seal text not null, category text not null, employer text not null, district text not null,
    source text not null, rev bigint not null);
create index person_employer on person (employer);
create table person_alias (number_mark text primary key, person text not null references person (id), until bigint not null);

-- domain/application
create table collective (id text primary key, city text not null, employer text not null, edition text not null, state text not null,
    rev bigint not null, bank text not null, mode text not null, outlet text not null, pickup_day text not null,
    file_name text not null, file_mark text not null, rows_read bigint not null, opened_at bigint not null,
    submitted_at bigint not null, due_day text not null);
create index collective_employer on collective (employer, opened_at);
create table entry (collective text not null references collective (id), line bigint not null, number_seal text not null,
    number_mark text not null, name_seal text not null, mobile_seal text not null, faults text not null, notes text not null,
    application text not null, removed bigint not null, primary key (collective, line));
create table application (id text primary key, city text not null, collective text not null, employer text not null,
    person text not null, reason text not null, channel text not null, edition text not null, bank text not null,
    mode text not null, outlet text not null, state text not null, rev bigint not null, number_seal text not null,
    name_seal text not null, mobile_seal text not null, address_seal text not null, code_mark text not null,
    code_until bigint not null, corrected bigint not null, confirmed_at bigint not null, submitted_at bigint not null,
    due_day text not null, made_at bigint not null, closed_at bigint not null, opened_at bigint not null);
create index application_collective on application (collective, state);
create index application_state on application (city, state, due_day);
create unique index application_open on application (person) where closed_at = 0;
create unique index application_code on application (code_mark) where code_mark <> '';

-- domain/account: the bank account behind the card
create table account (id text primary key, application text not null unique, person text not null, bank text not null,
    state text not null, rev bigint not null, reason text not null, class text not null, number_seal text not null,
    tail text not null, asked_at bigint not null, answered_at bigint not null);
create index account_state on account (bank, state);

-- domain/production
create table batch (id text primary key, city text not null, bank text not null, channel text not null, factory text not null,
    collected_on text not null, state text not null, rev bigint not null, n bigint not null, drawn_at bigint not null,
    sent_at bigint not null, returned_at bigint not null);
create index batch_state on batch (city, state);
create table card_number (number text primary key, city text not null, state text not null, card text not null);
create index card_number_free on card_number (city, state, number);

-- domain/card: the card and its facets
create table card (id text primary key, city text not null, number text not null, person text not null, application text not null,
    batch text not null, bank text not null, generation bigint not null, product text not null, state text not null,
    rev bigint not null, remakes bigint not null, chip text not null, atr text not null, made_at bigint not null,
    expires_day text not null);
create index card_person on card (person);
create index card_application on card (application);
create index card_batch on card (batch, state);
create unique index card_by_number on card (number) where number <> '';
create table social (card text primary key references card (id), person text not null, state text not null, rev bigint not null,
    enabled_at bigint not null, voided_at bigint not null);
create unique index social_one on social (person) where state in ('1', '2', '3', '4');
create table financial (card text primary key references card (id), person text not null, state text not null, rev bigint not null,
    told text not null, told_at bigint not null, active_at bigint not null, active_told bigint not null);
create index financial_told on financial (told);

-- domain/certificate
create table certificate (serial text primary key, card text not null, usage text not null, issuer text not null, state text not null,
    rev bigint not null, pem_seal text not null, issued_at bigint not null, not_after bigint not null);
create index certificate_card on certificate (card);

-- domain/custody: who holds which card, where, since when
create table custody (card text not null, seq bigint not null, holder_kind text not null, holder text not null, place text not null,
    since bigint not null, until bigint not null, handover text not null, primary key (card, seq));
create unique index custody_now on custody (card) where until = 0;
create index custody_holder on custody (holder_kind, holder) where until = 0;
create table handover (id text primary key, city text not null, state text not null, rev bigint not null, giver_kind text not null,
    giver text not null, giver_place text not null, taker_kind text not null, taker text not null, taker_place text not null,
    n bigint not null, listed text not null, drawn_at bigint not null, given_at bigint not null, taken_at bigint not null,
    giver_by text not null, giver_signature text not null, taker_by text not null, taker_signature text not null, purpose text not null);
create index handover_state on handover (state, taker_kind, taker);
create table handover_line (handover text not null references handover (id), card text not null, finding text not null,
    settled_at bigint not null, primary key (handover, card));
create index handover_line_card on handover_line (card);

-- domain/parcel
create table parcel (id text primary key, card text not null, application text not null, bank text not null, courier text not null,
    waybill text not null, state text not null, rev bigint not null, address_seal text not null, booked_at bigint not null,
    settled_at bigint not null, reason text not null);
create index parcel_card on parcel (card);
create unique index parcel_waybill on parcel (waybill) where waybill <> '';

-- domain/notice: messages to people
create table message (id text primary key, person text not null, template text not null, mobile_seal text not null,
    text_seal text not null, state text not null, rev bigint not null, subject text not null, created_at bigint not null, settled_at bigint not null);
create index message_state on message (state, created_at);
create index message_person on message (person, created_at);

-- domain/trouble: what somebody has to act on
create table trouble (id text primary key, city text not null, kind text not null, subject text not null, about text not null,
    owner_kind text not null, owner text not null, reason text not null, state text not null, rev bigint not null,
    since bigint not null, due_at bigint not null, settled_at bigint not null, settled_by text not null);
create unique index trouble_open on trouble (kind, subject) where settled_at = 0;
create index trouble_owner on trouble (owner_kind, owner) where settled_at = 0;

-- domain/access: who may come in
create table staff (id text primary key, login text not null unique, password text not null, role text not null, city text not null,
    org text not null, place text not null, district text not null, name_seal text not null, disabled_at bigint not null);
create table session (mark text primary key, staff text not null, person text not null, city text not null, started_at bigint not null,
    until bigint not null, ended_at bigint not null);
create index session_staff on session (staff) where ended_at = 0;
create table login_code (id text primary key, person text not null, city text not null, code_mark text not null, until bigint not null,
    tries bigint not null, used_at bigint not null);
create index login_code_person on login_code (person) where used_at = 0;
create table attempt (bucket_mark text primary key, n bigint not null, since bigint not null);
