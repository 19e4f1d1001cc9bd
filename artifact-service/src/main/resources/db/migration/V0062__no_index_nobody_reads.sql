-- The newest line of an artifact is found through its changes. Nothing ever looked through this one, and every artifact
-- paid for it.
drop index ix_seal_entry__artifact_id;
