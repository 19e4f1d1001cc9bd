-- A phrase is checked against the words themselves. A prompt's were just large enough to be put aside, and fetching them took
-- longer than everything else in a search; up to a page they now stay in their row. What is stored already stays where it is.
alter table catalog_entry set (toast_tuple_target = 8160);
