-- A message that was put together out of fragments: its bytes are also in the messages that hold them.

alter table analysis.messages add column reassembled boolean not null default false;
