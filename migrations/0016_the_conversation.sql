CREATE TABLE "form_drafts" (
	"workspace_id" text NOT NULL,
	"root_view_id" text NOT NULL,
	"inputs" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "form_drafts_workspace_id_root_view_id_pk" PRIMARY KEY("workspace_id","root_view_id")
);
--> statement-breakpoint
ALTER TABLE "prompts" DROP CONSTRAINT "prompts_return";--> statement-breakpoint
ALTER TABLE "prompts" DROP CONSTRAINT "prompts_return_for";--> statement-breakpoint
DROP INDEX "prompts_return_for";--> statement-breakpoint
DROP INDEX "prompts_one_open";--> statement-breakpoint
DROP INDEX "prompts_one_return";--> statement-breakpoint
DROP INDEX "prompts_answered_return";--> statement-breakpoint
ALTER TABLE "verifications" ALTER COLUMN "who" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "need_id" uuid;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "need_id" uuid;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "beside" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "promise" jsonb;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "repair" jsonb;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "unseen" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "answer_id" uuid;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "heard" jsonb;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "dated_by" text;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "dated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "same_as_id" uuid;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "retracted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "retracted_at" timestamp with time zone;--> statement-breakpoint
-- A need was heard as it stands: nothing could change it until now. Its day was named when it was heard.
UPDATE "needs" SET "heard" = jsonb_strip_nulls(jsonb_build_object('id', "id", 'words', "words", 'neededOn', "needed_on",
	'estimate', CASE WHEN "estimate" IS NOT NULL
		THEN jsonb_build_object('value', "estimate"::text, 'currency', trim("currency")) END));--> statement-breakpoint
ALTER TABLE "needs" ALTER COLUMN "heard" SET NOT NULL;--> statement-breakpoint
UPDATE "needs" SET "answer_id" = a."id" FROM "answers" a
WHERE a."workspace_id" = "needs"."workspace_id" AND a."rep_id" = "needs"."rep_id"
	AND a."engagement_id" IS NOT DISTINCT FROM "needs"."engagement_id"
	AND a."at" BETWEEN "needs"."heard_at" - interval '1 second' AND "needs"."heard_at" + interval '1 second'
	AND a."fact" @> jsonb_build_object('answer', jsonb_build_object('needs',
		jsonb_build_array(jsonb_build_object('words', "needs"."words"))));--> statement-breakpoint
UPDATE "needs" SET "dated_by" = "id"::text, "dated_at" = "heard_at" WHERE "needed_on" IS NOT NULL;--> statement-breakpoint
-- Their days come back from now on: the next sweep plans them.
UPDATE "accounts" SET "returns_pending_since" = now() WHERE "returns_pending_since" IS NULL AND EXISTS (
	SELECT FROM "needs" n WHERE n."workspace_id" = "accounts"."workspace_id" AND n."account_id" = "accounts"."id"
		AND n."outcome" = 'open' AND n."needed_on" IS NOT NULL);--> statement-breakpoint
UPDATE "engagements" SET "unseen" = true WHERE "stage" = 'verify' AND "ending" IS NULL AND 'not_yet' = (
	SELECT v."sees_value" FROM "verifications" v
	WHERE v."workspace_id" = "engagements"."workspace_id" AND v."engagement_id" = "engagements"."id"
	ORDER BY v."recorded_at" DESC, v."id" DESC LIMIT 1);--> statement-breakpoint
-- A close that nobody was asked about yet: first what was promised, and three working weeks later whether they see it.
-- Whoever was asked about the value already answers that, and is asked nothing else for it.
UPDATE "engagements" SET "beside" = jsonb_build_object('promise', jsonb_build_object('factId', "asking_fact_id",
	'since', to_char("asking_since" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'on', NULL, 'how', 'entered'))
FROM "prompts" p
WHERE p."workspace_id" = "engagements"."workspace_id" AND p."engagement_id" = "engagements"."id"
	AND "engagements"."asking_how" = 'entered' AND "engagements"."ending" IS NULL AND p."question" = 'verify'
	AND p."closed_at" IS NULL AND p."asked" = 0 AND p."bundle_id" IS NULL;--> statement-breakpoint
INSERT INTO "prompts" ("workspace_id", "id", "account_id", "engagement_id", "rep_id", "named_rep_id", "question", "rule",
	"fact_id", "since", "urgent", "spread", "due_at", "unaskable_since", "created_at")
SELECT p."workspace_id", gen_random_uuid(), p."account_id", p."engagement_id", p."rep_id", e."named_owner_id", 'promise',
	'on_close', p."fact_id", p."since", p."urgent", p."spread", p."due_at", p."unaskable_since", p."created_at"
FROM "prompts" p JOIN "engagements" e ON e."workspace_id" = p."workspace_id" AND e."id" = p."engagement_id"
WHERE p."question" = 'verify' AND p."closed_at" IS NULL AND p."asked" = 0 AND p."bundle_id" IS NULL
	AND e."beside" ? 'promise';--> statement-breakpoint
UPDATE "prompts" SET "urgent" = false, "due_at" = "prompts"."due_at" + interval '21 days'
FROM "engagements" e
WHERE e."workspace_id" = "prompts"."workspace_id" AND e."id" = "prompts"."engagement_id" AND e."beside" ? 'promise'
	AND "prompts"."question" = 'verify' AND "prompts"."closed_at" IS NULL;--> statement-breakpoint
CREATE INDEX "form_drafts_saved" ON "form_drafts" USING btree ("workspace_id","saved_at");--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_one_of_stage" ON "prompts" USING btree ("workspace_id","engagement_id") WHERE "prompts"."closed_at" is null and "prompts"."named_rep_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_one_of_need" ON "prompts" USING btree ("workspace_id","need_id") WHERE "prompts"."closed_at" is null and "prompts"."need_id" is not null;--> statement-breakpoint
CREATE INDEX "prompts_named" ON "prompts" USING btree ("workspace_id","named_rep_id") WHERE "prompts"."closed_at" is null and "prompts"."named_rep_id" is not null;--> statement-breakpoint
CREATE INDEX "answers_need" ON "answers" USING btree ("workspace_id","need_id","at") WHERE "answers"."need_id" is not null;--> statement-breakpoint
CREATE INDEX "engagements_unseen" ON "engagements" USING btree ("workspace_id","account_id") WHERE "engagements"."unseen";--> statement-breakpoint
CREATE INDEX "needs_dated" ON "needs" USING btree ("workspace_id","account_id") WHERE "needs"."outcome" = 'open' and "needs"."needed_on" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_one_open" ON "prompts" USING btree ("workspace_id","engagement_id","question") WHERE "prompts"."closed_at" is null and "prompts"."need_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_one_return" ON "prompts" USING btree ("workspace_id","account_id","named_rep_id") WHERE "prompts"."closed_at" is null and "prompts"."question" = 'return';--> statement-breakpoint
CREATE INDEX "prompts_answered_return" ON "prompts" USING btree ("workspace_id","fact_id") WHERE "prompts"."question" = 'return' and "prompts"."answer_id" is not null;--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_about" CHECK ("prompts"."question" = 'need' or ("prompts"."question" = 'return') = ("prompts"."engagement_id" is null));--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_need" CHECK (("prompts"."question" = 'need') = ("prompts"."need_id" is not null));--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_named_for" CHECK (("prompts"."question" in ('promise', 'promised', 'need', 'lost', 'return')) = ("prompts"."named_rep_id" is not null));--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_dated_by" CHECK (("needs"."dated_by" is null) = ("needs"."dated_at" is null));--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_same" CHECK (("needs"."outcome" = 'same') = ("needs"."same_as_id" is not null));