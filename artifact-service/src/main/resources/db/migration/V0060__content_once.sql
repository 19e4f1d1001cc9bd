-- The content stands once, in canonical. Standing a second time in columns its JSON took more of a write than all else
-- together. What is searched, sorted or listed keeps a column; for everything else in SQL there is the view below.
alter table artifact add column data_outline jsonb;

update artifact set data_outline = (data - 'rows') || jsonb_build_object('bars', jsonb_array_length(data -> 'rows'))
where type = 'market_data' and jsonb_typeof(data -> 'rows') = 'array';

alter table artifact drop column data, drop column chart_data, drop column response;

comment on column artifact.data_outline is
    'of market data: data without its rows, but with their number as bars; for lists, which would read years of bars';

create view artifact_content as
    select id, convert_from(canonical, 'UTF8')::jsonb as content from artifact where deleted_at is null;

comment on view artifact_content is
    'what was sent, for example content -> ''data''; read artifact for anything that has a column';

-- Most artifacts have no blob, and nobody looks for those without one.
drop index ix_artifact__blob_sha256;
create index ix_artifact__blob_sha256 on artifact (blob_sha256) where blob_sha256 is not null;

-- Rows that are only ever inserted set vacuum off again and again, here to mark pages of chunks that no index-only scan
-- reads. Freezing and the vacuum of deleted rows stay as they are.
alter table artifact set (toast.autovacuum_vacuum_insert_threshold = -1);
alter table blob set (toast.autovacuum_vacuum_insert_threshold = -1);
