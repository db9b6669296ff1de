ALTER TABLE grant_alias ADD earlier_grant_hash text;
