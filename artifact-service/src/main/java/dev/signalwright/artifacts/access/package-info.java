/**
 * Who may do what. In come requests with a token, a password or a session cookie; out goes an identity with roles, or a
 * refusal that says what to do. Three tokens, read once from files at the start, are the only credentials; a browser
 * trades one for a signed session cookie. Everything is refused unless a rule lets it through, twice: by a path policy
 * that opens named paths only, and by the role on each endpoint. Knows nothing about artifacts or pages.
 */
@NullMarked
package dev.signalwright.artifacts.access;

import org.jspecify.annotations.NullMarked;
