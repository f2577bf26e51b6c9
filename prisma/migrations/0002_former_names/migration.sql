-- What people were called before, so that none of their names stays in what was published once they are erased.

ALTER TABLE person ADD COLUMN former_names text[] NOT NULL DEFAULT '{}';

UPDATE person SET former_names = ARRAY(
  SELECT DISTINCT name FROM attendee WHERE person_id = person.id AND attendee.name <> person.name
) WHERE erased_at IS NULL;

CREATE FUNCTION keep_former_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.erased_at IS NOT NULL THEN
    NEW.former_names := '{}';
  ELSIF NEW.name <> OLD.name THEN
    NEW.former_names := array_append(array_remove(OLD.former_names, NEW.name), OLD.name);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_former_names BEFORE UPDATE ON person
  FOR EACH ROW EXECUTE FUNCTION keep_former_names();
