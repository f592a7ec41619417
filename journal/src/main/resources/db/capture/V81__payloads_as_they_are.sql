-- Without PostgreSQL's own compression of what is above 2 KB: beside a bulk transfer it took a sixth of a
-- machine with two processors, which the relay lacked. Rows that are there stay as they are.
alter table capture.events
    alter column payload set storage external,
    alter column delivered_payload set storage external;
alter table capture.deliveries
    alter column delivered_payload set storage external;
