-- One decision slot, at most one order: the unique row here is the permission to send one.
create table order_intent (
    slot_sha256 text not null,
    slot text not null,
    order_ref text not null,
    account text not null,
    mode text not null,
    strategy text not null,
    conid bigint not null,
    session_date date not null,
    symbol text not null,
    action text not null,
    quantity text not null,
    limit_price text not null,
    signal_id uuid not null,
    signal_sha256 text not null,
    state text not null,
    claimed_by text,
    claimed_at timestamptz,
    perm_id bigint,
    note text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint pk_order_intent primary key (slot_sha256),
    constraint uq_order_intent__order_ref unique (order_ref),
    constraint ck_order_intent__mode check (mode in ('simulated', 'paper', 'live')),
    constraint ck_order_intent__action check (action in ('BUY', 'SELL')),
    constraint ck_order_intent__state check (state in ('intended', 'claimed', 'placed', 'rejected', 'unknown')),
    constraint ck_order_intent__claim check ((claimed_by is null) = (state = 'intended'))
);

create index ix_order_intent__signal_id on order_intent (signal_id);

comment on column order_intent.slot is 'account|mode|strategy|conid|session_date|slot number';
comment on column order_intent.quantity is 'decimal text exactly as it was sent to the broker';
comment on column order_intent.limit_price is 'decimal text exactly as it was sent to the broker';
comment on column order_intent.state is 'intended -> claimed (once) -> placed, rejected or unknown';
