/**
 * The mail room: drafts enter, artifacts with an identity and a hash leave, durable on disk before the first byte goes
 * to the artifact service. What the service cannot take now waits in the spool and is sent later, once. Order intents
 * pass through here too, but never through the spool. Errors: {@link HandOverException}, {@link
 * InputUnavailableException}, {@link IntentNotStoredException}.
 */
@NullMarked
package dev.signalwright.worker.artifacts;

import org.jspecify.annotations.NullMarked;
