/**
 * Who may do what. In come requests with a token, a password or a session cookie; out goes an identity with roles, or a
 * refusal that says what to do. Tokens are the credentials: their hashes lie in the database, a copy of those that hold in
 * memory; the first three come from files at the start. A browser trades a token for a signed session cookie; a reverse
 * proxy that is trusted by address may name the person instead. Everything is refused unless a rule lets it through, twice: by a path policy
 * that opens named paths only, and by the role on each endpoint. Knows nothing about artifacts or pages.
 */
@NullMarked
package dev.signalwright.artifacts.access;

import org.jspecify.annotations.NullMarked;
