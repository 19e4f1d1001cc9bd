-- Bytes by their hash: the same picture is kept once, however many artifacts carry it.
create table blob (
    sha256 text not null,
    size bigint not null,
    content bytea not null,
    created_at timestamptz not null,
    constraint pk_blob primary key (sha256),
    constraint ck_blob__sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint ck_blob__size check (size = octet_length(content))
);

-- Pictures are compressed already: trying again costs time and saves nothing.
alter table blob alter column content set storage external;
