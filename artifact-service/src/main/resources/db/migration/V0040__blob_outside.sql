-- The row of a blob stays its index; its bytes may lie in a folder or a bucket instead of the row.
alter table blob alter column content drop not null;
alter table blob drop constraint ck_blob__size;
alter table blob add constraint ck_blob__size check (size = octet_length(content) or (content is null and size >= 0));
alter table blob add column kept_in text not null default 'postgresql';
alter table blob add constraint ck_blob__kept_in check (kept_in in ('postgresql', 'folder', 's3'));
alter table blob add constraint ck_blob__content check ((content is null) = (kept_in <> 'postgresql'));

comment on column blob.content is 'null: the bytes lie outside, at ab/cd/<sha256> of the configured folder or bucket';
comment on column blob.kept_in is 'where they were put; a folder and a bucket have the same layout, so one may be copied into the other';
