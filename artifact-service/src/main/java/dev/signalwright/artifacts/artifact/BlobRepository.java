package dev.signalwright.artifacts.artifact;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Every query on blobs. Callers hold the transaction. */
@ApplicationScoped
class BlobRepository implements PanacheRepositoryBase<BlobEntity, String> {
    /** Stores the bytes unless they are there already. */
    void keep(String sha256, byte[] content, Instant now) {
        getEntityManager()
                .createNativeQuery("""
                        insert into blob (sha256, size, content, created_at)
                        values (:sha256, :size, :content, :now)
                        on conflict (sha256) do nothing""")
                .setParameter("sha256", sha256)
                .setParameter("size", (long) content.length)
                .setParameter("content", content)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Removes the bytes when no artifact carries them any more. */
    void dropUnused(String sha256) {
        getEntityManager().createNativeQuery("""
                        delete from blob b where b.sha256 = :sha256
                        and not exists (select 1 from artifact a where a.blob_sha256 = b.sha256)""").setParameter("sha256", sha256).executeUpdate();
    }
}
