package dev.signalwright.artifacts.artifact;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every query on artifacts. Callers hold the transaction. */
@ApplicationScoped
class ArtifactRepository implements PanacheRepositoryBase<ArtifactEntity, UUID> {
    Optional<ArtifactEntity> findForUpdate(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Whether the run is on legal hold. Locks the run: a hold that is being placed is waited for. */
    boolean isHeld(UUID execution) {
        getEntityManager()
                .createNativeQuery("select 1 from execution where id = :id for no key update")
                .setParameter("id", execution)
                .getResultList();
        return !getEntityManager()
                .createNativeQuery("select 1 from execution_hold where execution_uuid = :id")
                .setParameter("id", execution)
                .getResultList()
                .isEmpty();
    }

    /** With parents, in no order. */
    List<ArtifactEntity> load(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : list("id in ?1", ids);
    }

    /** How many of each type and symbol each run has, and when the newest of them arrived. */
    record Tally(UUID executionUuid, String type, @Nullable String symbol, long count, Instant newestAt) {}

    List<Tally> tally(Collection<UUID> executions) {
        return executions.isEmpty()
                ? List.of()
                : find("""
                                select executionUuid, type, symbol, count(*), max(createdAt) from ArtifactEntity
                                where executionUuid in ?1 and deletedAt is null
                                group by executionUuid, type, symbol order by executionUuid, type, symbol""", executions).project(Tally.class).list();
    }

    /** Task results of those runs, oldest first. */
    List<ArtifactEntity> taskResults(Collection<UUID> executions, int limit) {
        return executions.isEmpty()
                ? List.of()
                : find("""
                                executionUuid in ?1 and type = ?2 and deletedAt is null order by createdAt, id""", executions, ArtifactType.TASK_RESULT.wire())
                        .page(0, limit)
                        .list();
    }

    /** Direct children that are not deleted, oldest first. */
    List<ArtifactEntity> children(UUID parent, int limit) {
        return find("""
                        select a from ArtifactEntity a where a.deletedAt is null and :parent member of a.parents
                        order by a.createdAt, a.id""", Map.of("parent", parent)).page(0, limit).list();
    }

    /** The artifact itself or its nearest ancestor that is of that type, if not deleted. */
    @SuppressWarnings("unchecked") // a native query has no type
    Optional<UUID> nearest(UUID id, ArtifactType type, int deepest) {
        List<UUID> found = getEntityManager()
                .createNativeQuery("""
                        with recursive line (id, depth) as (
                            select cast(:id as uuid), 0
                            union
                            select p.parent_id, line.depth + 1
                            from line join artifact_parent p on p.artifact_id = line.id
                            where line.depth < :deepest
                        )
                        select a.id from line join artifact a on a.id = line.id
                        where a.type = :type and a.deleted_at is null
                        order by line.depth, a.created_at desc, a.id
                        limit 1""", UUID.class)
                .setParameter("id", id)
                .setParameter("deepest", deepest)
                .setParameter("type", type.wire())
                .getResultList();
        return found.stream().findFirst();
    }

    /** Ids of what the runs hold, oldest first, at most the limit. */
    List<UUID> idsOfExecutions(Collection<UUID> executions, Collection<String> types, int limit) {
        return getEntityManager()
                .createQuery("""
                        select a.id from ArtifactEntity a
                        where a.deletedAt is null and a.executionUuid in :executions and a.type in :types
                        order by a.createdAt, a.id""", UUID.class)
                .setParameter("executions", executions)
                .setParameter("types", types)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The small parts of artifacts, in no order: no bars, and of what is large no content. */
    @SuppressWarnings("unchecked") // a native query has no type
    List<Tuple> outlines(Collection<UUID> ids) {
        return getEntityManager()
                .createNativeQuery("""
                        select id, key, execution_uuid, execution_id, dag_id, type, name, symbol, task_id, try_number, origin,
                               as_of, created_at, spooled_at, chart_type, action, confidence, model_name, blob_size,
                               cast(signal_data as text) as signal_data, cast(data_outline as text) as data_outline,
                               case when data_outline is null and canonical_size <= 65536 then canonical end as canonical
                        from artifact where id in (:ids) and deleted_at is null""", Tuple.class)
                .setParameter("ids", ids)
                .getResultList();
    }
}
