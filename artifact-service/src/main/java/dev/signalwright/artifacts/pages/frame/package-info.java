/**
 * What stands around every page. In come a title and the person who asks; out goes the frame the layout needs. Here are
 * also the pages' settings and the refusal of an address that leads nowhere. Looks into {@code part}, {@code access} and
 * {@code problem}.
 */
@NullMarked
package dev.signalwright.artifacts.pages.frame;

import org.jspecify.annotations.NullMarked;
