-- The tables of the service. Constraints carry the rules that must never break, whatever the code does.
-- No statement reads the database's own clock: times are parameters.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- People and how they come in ---------------------------------------------------------------------------------------

CREATE TABLE person (
  id uuid PRIMARY KEY,
  -- Null where the person was erased.
  email text UNIQUE CHECK (email = lower(email) AND length(email) <= 254),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  zone text NOT NULL,
  -- Whose public holidays are days off ("US-CA"), or "none".
  region text NOT NULL DEFAULT 'none',
  created_at timestamptz(3) NOT NULL,
  erased_at timestamptz(3),
  CHECK ((email IS NULL) = (erased_at IS NOT NULL))
);

-- First and last day, both included.
CREATE TABLE leave (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  first_day date NOT NULL,
  last_day date NOT NULL,
  CHECK (first_day <= last_day)
);
CREATE INDEX leave_person ON leave (person_id);

CREATE TABLE travel (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  first_day date NOT NULL,
  last_day date NOT NULL,
  zone text NOT NULL,
  CHECK (first_day <= last_day),
  -- Nobody is in two zones on one day.
  CONSTRAINT travel_overlaps EXCLUDE USING gist (person_id WITH =, daterange(first_day, last_day, '[]') WITH &&)
);

-- Tokens are stored as SHA-256 alone: who reads the database cannot use them.
CREATE TABLE session (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  token_hash text NOT NULL UNIQUE,
  -- The token before the last rotation, good for a moment, because a browser sends several requests at once.
  previous_hash text UNIQUE,
  created_at timestamptz(3) NOT NULL,
  rotated_at timestamptz(3) NOT NULL,
  seen_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  user_agent text NOT NULL CHECK (length(user_agent) <= 300),
  signed_in_by text NOT NULL CHECK (signed_in_by IN ('link', 'passkey', 'google', 'microsoft', 'oidc'))
);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE sign_in_link (
  id uuid PRIMARY KEY,
  email text NOT NULL CHECK (email = lower(email)),
  token_hash text NOT NULL UNIQUE,
  -- Where to go afterwards, a path of ours.
  destination text NOT NULL CHECK (destination LIKE '/%' AND destination NOT LIKE '//%'),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  -- Who somebody said to be elsewhere, which becomes theirs when the address is confirmed.
  identity jsonb
);
CREATE INDEX sign_in_link_email ON sign_in_link (email, created_at);

CREATE TABLE passkey (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  credential_id text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL CHECK (counter >= 0),
  transports text[] NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  created_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
CREATE INDEX passkey_person ON passkey (person_id);

-- A challenge of WebAuthn or of a sign-in elsewhere; used once.
CREATE TABLE challenge (
  id uuid PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('register-passkey', 'use-passkey', 'sign-in-elsewhere')),
  person_id uuid REFERENCES person ON DELETE CASCADE,
  content jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);

-- Who somebody is at Google, Microsoft or another issuer (OpenID Connect Core 2: issuer and subject together).
CREATE TABLE identity (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  issuer text NOT NULL,
  subject text NOT NULL,
  email text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  UNIQUE (issuer, subject)
);
CREATE INDEX identity_person ON identity (person_id);

CREATE TABLE api_token (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  token_hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL CHECK (scopes <@ ARRAY['read', 'answer', 'write', 'sign'] AND cardinality(scopes) > 0),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX api_token_person ON api_token (person_id);

-- The table of rate-limiter-flexible.
CREATE TABLE rate_limit (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

-- Partnerships and what they agreed ---------------------------------------------------------------------------------

CREATE TABLE partnership (
  id uuid PRIMARY KEY,
  created_at timestamptz(3) NOT NULL,
  created_by uuid NOT NULL REFERENCES person,
  -- Counts every change to anything below it: a run decides from one revision and commits on it, or decides again.
  revision integer NOT NULL DEFAULT 1,
  ran_at timestamptz(3)
);

CREATE TABLE membership (
  partnership_id uuid NOT NULL REFERENCES partnership,
  person_id uuid NOT NULL REFERENCES person,
  joined_at timestamptz(3) NOT NULL,
  left_at timestamptz(3),
  PRIMARY KEY (partnership_id, person_id)
);
CREATE INDEX membership_person ON membership (person_id);

CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  email text NOT NULL CHECK (email = lower(email)),
  invited_by uuid NOT NULL REFERENCES person,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  accepted_at timestamptz(3),
  withdrawn_at timestamptz(3)
);
-- One open invitation for each address.
CREATE UNIQUE INDEX invitation_open ON invitation (partnership_id, email)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

CREATE TABLE agreement (
  id uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  version integer NOT NULL CHECK (version > 0),
  terms jsonb NOT NULL,
  -- SHA-256 of the text that is signed.
  text_hash text NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by uuid NOT NULL REFERENCES person,
  -- Set together when all have signed: from which day it counts, and the parity of its periods.
  signed_at timestamptz(3),
  first_day date,
  since date,
  lapsed_at timestamptz(3),
  withdrawn_at timestamptz(3),
  UNIQUE (partnership_id, version),
  UNIQUE (id, text_hash),
  CHECK ((signed_at IS NULL) = (first_day IS NULL) AND (signed_at IS NULL) = (since IS NULL)),
  CHECK (num_nonnulls(signed_at, lapsed_at, withdrawn_at) <= 1)
);
-- One draft at a time.
CREATE UNIQUE INDEX agreement_draft ON agreement (partnership_id)
  WHERE signed_at IS NULL AND lapsed_at IS NULL AND withdrawn_at IS NULL;

-- A signature is on one text: a draft that was changed has no signatures left.
CREATE TABLE signature (
  agreement_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES person,
  text_hash text NOT NULL,
  signed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agreement_id, person_id),
  FOREIGN KEY (agreement_id, text_hash) REFERENCES agreement (id, text_hash)
);

CREATE FUNCTION keep_signed_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'agreement % was signed by all and cannot be changed', OLD.id USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_signed_agreement BEFORE UPDATE ON agreement
  FOR EACH ROW EXECUTE FUNCTION keep_signed_agreement();

-- Calendars ---------------------------------------------------------------------------------------------------------

CREATE TABLE calendar (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('ics')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- The address is a secret: encrypted.
  sealed_address bytea NOT NULL,
  host text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  -- ETag and Last-Modified of the last copy.
  validators jsonb,
  -- When it was last looked at, last read, last known to be as we have it, and what was wrong with it since.
  checked_at timestamptz(3),
  read_at timestamptz(3),
  confirmed_at timestamptz(3),
  problem text,
  failures integer NOT NULL DEFAULT 0,
  next_check_at timestamptz(3) NOT NULL,
  -- More than half of its events were gone: nothing is believed until its owner confirms it.
  emptied_at timestamptz(3),
  -- What the last good copy covers.
  window_start timestamptz(3),
  window_end timestamptz(3)
);
CREATE INDEX calendar_person ON calendar (person_id);
CREATE INDEX calendar_due ON calendar (next_check_at);

-- The last good copy: when its owner is busy, and never a title.
CREATE TABLE observed_event (
  calendar_id uuid NOT NULL REFERENCES calendar ON DELETE CASCADE,
  uid text NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  blocks boolean NOT NULL,
  tentative boolean NOT NULL,
  CHECK (starts_at <= ends_at)
);
CREATE INDEX observed_event_calendar ON observed_event (calendar_id);

-- Occurrences -------------------------------------------------------------------------------------------------------

CREATE TABLE occurrence (
  id uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  period text NOT NULL,
  period_start timestamptz(3) NOT NULL,
  period_end timestamptz(3) NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  -- 0 is a whole check-in, 1 and 2 are the two half-meetings of a period.
  part smallint NOT NULL CHECK (part IN (0, 1, 2)),
  origin text NOT NULL CHECK (origin IN ('planned', 'moved', 'relaxed')),
  uid text NOT NULL UNIQUE,
  sequence integer NOT NULL CHECK (sequence >= 0),
  stamp timestamptz(3) NOT NULL,
  status text NOT NULL CHECK (status IN ('CONFIRMED', 'CANCELLED')),
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  first_starts_at timestamptz(3) NOT NULL,
  zone text NOT NULL,
  summary text NOT NULL,
  description text NOT NULL,
  location text,
  conference text,
  organizer_name text NOT NULL,
  organizer_email text NOT NULL,
  host_id uuid NOT NULL REFERENCES person,
  -- Points of those present, credits of the absent, the ledger after it, and the reason for its time.
  burdens jsonb NOT NULL,
  credits jsonb NOT NULL,
  ledger jsonb NOT NULL,
  reason jsonb NOT NULL,
  during tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED,
  live boolean NOT NULL GENERATED ALWAYS AS (status = 'CONFIRMED') STORED,
  CHECK (starts_at < ends_at),
  -- One occurrence for each period and part, for ever: a cancelled one is revived, never repeated.
  UNIQUE (partnership_id, period, part),
  UNIQUE (id, during, live)
);
CREATE INDEX occurrence_coming ON occurrence (partnership_id, starts_at);

CREATE FUNCTION keep_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'occurrence % was published and stays, cancelled at most', OLD.uid USING ERRCODE = '23514';
  END IF;
  IF NEW.sequence < OLD.sequence THEN
    RAISE EXCEPTION 'SEQUENCE of % would fall from % to %', OLD.uid, OLD.sequence, NEW.sequence USING ERRCODE = '23514';
  END IF;
  IF NEW.stamp < OLD.stamp THEN
    RAISE EXCEPTION 'DTSTAMP of % would go back', OLD.uid USING ERRCODE = '23514';
  END IF;
  IF NEW.uid <> OLD.uid THEN
    RAISE EXCEPTION 'the UID of % would change', OLD.uid USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_revisions BEFORE UPDATE OR DELETE ON occurrence
  FOR EACH ROW EXECUTE FUNCTION keep_revisions();

-- Who is invited to what, what they answered, and what they were mailed last.
CREATE TABLE attendee (
  occurrence_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES person,
  -- False where somebody was invited before and is not any more.
  invited boolean NOT NULL,
  -- As they stand in the published revision.
  name text NOT NULL,
  email text NOT NULL,
  part_stat text NOT NULL CHECK (part_stat IN ('needs-action', 'accepted', 'declined', 'tentative')),
  answered_at timestamptz(3),
  answered_by text CHECK (answered_by IN ('link', 'mail', 'page', 'api')),
  sent_method text CHECK (sent_method IN ('REQUEST', 'CANCEL')),
  sent_sequence integer,
  sent_stamp timestamptz(3),
  sent_at timestamptz(3),
  -- As that mail named them.
  sent_starts_at timestamptz(3),
  sent_ends_at timestamptz(3),
  sent_host_id uuid REFERENCES person,
  -- Until then one process is mailing it.
  claimed_until timestamptz(3),
  -- Why the last mail could not be delivered.
  problem text,
  -- Of the occurrence, kept equal by the foreign key, so that the exclusion below can see them.
  during tstzrange NOT NULL,
  live boolean NOT NULL,
  PRIMARY KEY (occurrence_id, person_id),
  CHECK (num_nonnulls(sent_method, sent_sequence, sent_stamp, sent_at, sent_starts_at, sent_ends_at, sent_host_id)
    IN (0, 7)),
  FOREIGN KEY (occurrence_id, during, live) REFERENCES occurrence (id, during, live)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
  -- Nobody is in two check-ins at once. What is merely observed in calendars may overlap.
  CONSTRAINT attendee_overlaps EXCLUDE USING gist (person_id WITH =, during WITH &&) WHERE (live AND invited)
    DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX attendee_person ON attendee (person_id);

-- The book: how every period ended, once; corrections are further entries. Nothing in it is ever changed.
CREATE TABLE book_entry (
  id uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  -- The order of posting.
  number integer NOT NULL CHECK (number > 0),
  kind text NOT NULL CHECK (kind IN ('closing', 'correction', 'joined')),
  posted_at timestamptz(3) NOT NULL,
  posted_by uuid REFERENCES person,
  first_day date NOT NULL,
  period text,
  outcome text CHECK (outcome IN ('held', 'missed', 'away')),
  detail jsonb NOT NULL,
  person_id uuid REFERENCES person,
  UNIQUE (partnership_id, number),
  CHECK ((kind = 'joined') = (person_id IS NOT NULL)),
  CHECK ((kind = 'joined') = (period IS NULL) AND (kind = 'joined') = (outcome IS NULL))
);
CREATE UNIQUE INDEX book_entry_closing ON book_entry (partnership_id, period) WHERE kind = 'closing';
CREATE UNIQUE INDEX book_entry_joined ON book_entry (partnership_id, person_id) WHERE kind = 'joined';

CREATE FUNCTION keep_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what is in the book stays: a correction is a new entry' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER keep_book BEFORE UPDATE OR DELETE ON book_entry
  FOR EACH ROW EXECUTE FUNCTION keep_book();

-- Questions and mail ------------------------------------------------------------------------------------------------

CREATE TABLE question (
  id uuid PRIMARY KEY,
  partnership_id uuid NOT NULL REFERENCES partnership,
  -- The same for the same question, so that none is asked twice.
  key text NOT NULL,
  period text NOT NULL,
  ask jsonb NOT NULL,
  asks uuid[] NOT NULL CHECK (cardinality(asks) > 0),
  asked_at timestamptz(3) NOT NULL,
  deadline timestamptz(3) NOT NULL,
  outcome text CHECK (outcome IN ('agreed', 'refused', 'lapsed', 'moot')),
  ended_at timestamptz(3),
  UNIQUE (partnership_id, key),
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE INDEX question_period ON question (partnership_id, period);

CREATE TABLE reply (
  question_id uuid NOT NULL REFERENCES question,
  person_id uuid NOT NULL REFERENCES person,
  answer text NOT NULL CHECK (answer IN ('yes', 'no')),
  replied_at timestamptz(3) NOT NULL,
  PRIMARY KEY (question_id, person_id)
);

-- A mail that is no invitation. `key` is the same for the same matter and recipient, so that it is mailed once.
CREATE TABLE notice (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE,
  kind text NOT NULL,
  email text NOT NULL,
  person_id uuid REFERENCES person ON DELETE CASCADE,
  partnership_id uuid REFERENCES partnership,
  content jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  claimed_until timestamptz(3),
  problem text
);
CREATE INDEX notice_unsent ON notice (created_at) WHERE sent_at IS NULL;

-- How far a mailbox was read, and what was read, so that nothing counts twice.
CREATE TABLE mailbox (
  address text PRIMARY KEY,
  uid_validity text NOT NULL,
  uid bigint NOT NULL
);
CREATE TABLE received_mail (
  message_id text PRIMARY KEY CHECK (length(message_id) <= 998),
  received_at timestamptz(3) NOT NULL,
  outcome text NOT NULL
);

-- Feeds and the API -------------------------------------------------------------------------------------------------

CREATE TABLE feed (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  -- Null: all partnerships of the person.
  partnership_id uuid REFERENCES partnership,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  token_hash text NOT NULL UNIQUE,
  detail text NOT NULL CHECK (detail IN ('full', 'busy')),
  created_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX feed_person ON feed (person_id);

-- Answers to requests that came with an Idempotency-Key.
CREATE TABLE idempotent_answer (
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_hash text NOT NULL,
  status integer,
  body jsonb,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (person_id, key)
);

-- What the service knows about itself, such as a text sealed with its key, by which a wrong key is noticed.
CREATE TABLE instance_fact (
  name text PRIMARY KEY,
  value text NOT NULL
);
