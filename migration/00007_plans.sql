-- +goose Up
-- Indexes that the statements of the journey need, so that none reads a table that grows with the city
-- from end to end (test/story and test/staff, TestPlans).
create index card_number_card on card_number (card) where card <> '';
create index financial_untold on financial (card) where state = 'active' and active_told = 0;
create index exchange_created on exchange (created_at, id);
create index application_of on application (person, id);
create index trouble_subject on trouble (subject);
