DROP INDEX "prompts_one_return";--> statement-breakpoint
DROP INDEX "engagements_account";--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "named_rep_id" uuid;--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "on" date;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "return_for" uuid;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "return_on" date;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "moved_at" timestamp with time zone;--> statement-breakpoint
UPDATE "engagements" SET "moved_at" = coalesce("ended_at", "asking_since");--> statement-breakpoint
ALTER TABLE "engagements" ALTER COLUMN "moved_at" SET NOT NULL;--> statement-breakpoint
-- A return was for whoever ended the engagement that it counts from, else for whoever is asked.
UPDATE "prompts" SET "named_rep_id" = coalesce((
	SELECT e."named_owner_id" FROM "engagements" e
	WHERE e."workspace_id" = "prompts"."workspace_id" AND e."id"::text = "prompts"."fact_id"
), "rep_id") WHERE "question" = 'return';--> statement-breakpoint
UPDATE "prompts" SET "on" = e."asking_on" FROM "engagements" e
WHERE e."workspace_id" = "prompts"."workspace_id" AND e."id" = "prompts"."engagement_id"
	AND "prompts"."rule" = 'named_date' AND "prompts"."fact_id" = e."asking_fact_id";--> statement-breakpoint
-- What answers said of coming back: on engagements…
UPDATE "answers" SET "return_for" = e."named_owner_id", "return_on" = (CASE "answers"."fact"->'answer'->>'kind'
	WHEN 'lost' THEN "answers"."fact"->'answer'->>'returnOn'
	WHEN 'verified' THEN "answers"."fact"->'answer'->'next'->>'on'
	ELSE "answers"."fact"->'answer'->'step'->>'on' END)::date
FROM "engagements" e
WHERE e."workspace_id" = "answers"."workspace_id" AND e."id" = "answers"."engagement_id" AND (
	("answers"."fact"->'answer'->>'kind' = 'lost' AND "answers"."fact"->'answer'->>'returnOn' IS NOT NULL)
	OR ("answers"."fact"->'answer'->>'kind' = 'verified' AND "answers"."fact"->'answer'->'next'->>'kind' = 'return'
		AND "answers"."fact"->'answer'->'verification'->>'seesValue' <> 'not_yet')
	OR ("answers"."fact"->'answer'->>'kind' = 'next' AND "answers"."fact"->'answer'->'step'->>'kind' = 'return'));--> statement-breakpoint
-- …and on returns, where "decided later" names no day.
UPDATE "answers" SET "return_for" = p."named_rep_id",
	"return_on" = coalesce("answers"."fact"->'answer'->>'on', "answers"."fact"->'answer'->'step'->>'on')::date
FROM "prompts" p
WHERE p."workspace_id" = "answers"."workspace_id" AND p."id" = "answers"."prompt_id" AND p."question" = 'return'
	AND p."answer_id" = "answers"."id" AND "answers"."fact"->'answer'->>'kind' IN ('later', 'next')
	AND coalesce("answers"."fact"->'answer'->'step'->>'kind', 'return') = 'return';--> statement-breakpoint
-- Returns on a day that was named count from the answer that named it.
UPDATE "prompts" SET "fact_id" = named."id"::text, "since" = named."at",
	"rule" = CASE named."fact"->'answer'->>'kind' WHEN 'lost' THEN 'lost_return' ELSE 'named_date' END
FROM (
	SELECT DISTINCT ON (a."workspace_id", a."engagement_id") a.* FROM "answers" a
	JOIN "engagements" e ON e."workspace_id" = a."workspace_id" AND e."id" = a."engagement_id"
	WHERE a."return_on" IS NOT NULL AND e."return_on" IS NOT NULL
	ORDER BY a."workspace_id", a."engagement_id", a."at" DESC, a."id" DESC
) named
WHERE named."workspace_id" = "prompts"."workspace_id" AND "prompts"."question" = 'return'
	AND named."engagement_id"::text = "prompts"."fact_id";--> statement-breakpoint
UPDATE "prompts" SET "on" = a."return_on", "since" = a."at" FROM "answers" a
WHERE a."workspace_id" = "prompts"."workspace_id" AND a."id"::text = "prompts"."fact_id"
	AND "prompts"."question" = 'return';--> statement-breakpoint
-- Everybody else who has ended something there gets a return as imported history does: spread, by the next sweep.
UPDATE "accounts" SET "unsettled_at" = now() WHERE "unsettled_at" IS NULL AND EXISTS (
	SELECT FROM "engagements" e WHERE e."workspace_id" = "accounts"."workspace_id"
		AND e."account_id" = "accounts"."id" AND e."ended_at" IS NOT NULL);--> statement-breakpoint
CREATE INDEX "prompts_return_for" ON "prompts" USING btree ("workspace_id","named_rep_id") WHERE "prompts"."closed_at" is null and "prompts"."engagement_id" is null;--> statement-breakpoint
CREATE INDEX "prompts_answered_return" ON "prompts" USING btree ("workspace_id","fact_id") WHERE "prompts"."engagement_id" is null and "prompts"."answer_id" is not null;--> statement-breakpoint
CREATE INDEX "answers_return_account" ON "answers" USING btree ("workspace_id","account_id") WHERE "answers"."return_for" is not null;--> statement-breakpoint
CREATE INDEX "answers_return_for" ON "answers" USING btree ("workspace_id","return_for") WHERE "answers"."return_for" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_one_return" ON "prompts" USING btree ("workspace_id","account_id","named_rep_id") WHERE "prompts"."closed_at" is null and "prompts"."engagement_id" is null;--> statement-breakpoint
CREATE INDEX "engagements_account" ON "engagements" USING btree ("workspace_id","account_id","named_owner_id","ended_at");--> statement-breakpoint
ALTER TABLE "engagements" DROP COLUMN "return_on";--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_return_for" CHECK (("prompts"."question" = 'return') = ("prompts"."named_rep_id" is not null));--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_return_of" CHECK ("answers"."return_on" is null or "answers"."return_for" is not null);