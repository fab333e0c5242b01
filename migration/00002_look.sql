-- +goose Up
-- What people look up at the counters and in the centre.
create index card_short on card (substr(id, length(id) - 7));
create index custody_since on custody (holder_kind, holder, since);
create index custody_until on custody (holder_kind, holder, until);
create index trouble_city on trouble (city, kind) where settled_at = 0;
create index trouble_about on trouble (about);
create index history_at on history (cycle, to_state, at);
create index audit_actor on audit (actor, seq);
create index handover_city on handover (city, state);
