-- Who may come in. The token itself is nowhere: it is shown once, to the person who made it.
create table access_token (
    id uuid not null,
    name text not null,
    role text not null,
    sha256 text not null,
    from_file boolean not null,
    created_at timestamptz not null,
    created_by text not null,
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    revoked_by text,
    constraint pk_access_token primary key (id),
    constraint uq_access_token__sha256 unique (sha256),
    constraint ck_access_token__role check (role in ('viewer', 'worker', 'operator')),
    constraint ck_access_token__name check (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    constraint ck_access_token__sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint ck_access_token__revoked check ((revoked_at is null) = (revoked_by is null))
);

-- A name stands for one token at a time; a revoked one keeps its row, so that old entries of the change table stay explained.
create unique index uq_access_token__name on access_token (name) where revoked_at is null;

comment on column access_token.sha256 is
    'plain SHA-256 in hex: tokens are 256 random bits, which no slow hash would make harder to guess';
comment on column access_token.from_file is 'one of the files in tokens/ of the installation: another content there replaces it';
comment on column access_token.last_used_at is 'about: written at most once in five minutes by each replica';
