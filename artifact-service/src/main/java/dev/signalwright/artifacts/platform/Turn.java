package dev.signalwright.artifacts.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

/** Lets one replica at a time do a job: an advisory lock of the database that goes with the transaction. */
@ApplicationScoped
public class Turn {
    private final EntityManager database;

    Turn(EntityManager database) {
        this.database = database;
    }

    /**
     * True when the caller's transaction now holds the turn, until it ends; false when somebody else does.
     *
     * @param job its name, the same in every replica
     */
    public boolean take(String job) {
        return (Boolean) database.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:job, 0))")
                .setParameter("job", "signalwright " + job)
                .getSingleResult();
    }
}
