-- What an artifact was made from, in the order the client named it.
create table artifact_parent (
    artifact_id uuid not null,
    position integer not null,
    parent_id uuid not null,
    constraint pk_artifact_parent primary key (artifact_id, position),
    constraint fk_artifact_parent__artifact foreign key (artifact_id) references artifact (id),
    constraint fk_artifact_parent__parent foreign key (parent_id) references artifact (id)
);

create index ix_artifact_parent__parent_id on artifact_parent (parent_id);
