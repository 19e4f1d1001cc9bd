package dev.signalwright.artifacts.pages.frame;

/**
 * What every page has around its content.
 *
 * @param title of the browser's tab, without the product's name
 * @param section the marked entry of the main navigation: {@code executions}, {@code artifacts}, {@code retention} or empty
 * @param person the name of the token or person that looks; empty before the login
 * @param operator whether the pages for operators are offered
 * @param tradingMode in words
 * @param version of the static files, so that a browser never mixes an old style sheet with a new page
 */
public record Frame(
        String title, String section, String person, boolean operator, String tradingMode, String version) {}
