-- Sessions that a person ended before their time, so that a logout holds on every replica and after a restart.
create table ended_session (
    id text not null,
    expires_at timestamptz not null,
    constraint pk_ended_session primary key (id)
);

comment on column ended_session.expires_at is 'when the session would have ended by itself: the row can go then';
