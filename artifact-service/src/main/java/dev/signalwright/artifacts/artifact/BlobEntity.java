package dev.signalwright.artifacts.artifact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code blob}: bytes by their hash. */
@Entity
@Table(name = "blob")
class BlobEntity {
    @Id
    String sha256;

    long size;
    byte[] content;

    @Column(name = "created_at")
    Instant createdAt;
}
