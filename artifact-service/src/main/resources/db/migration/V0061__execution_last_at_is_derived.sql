-- Every artifact of a run wrote its run's row anew for this; the artifacts themselves tell when the newest one arrived.
alter table execution drop column last_at;
