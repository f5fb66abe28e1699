ALTER TABLE "answers" ADD COLUMN "retracts" text;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "retracted_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "answers_rep" ON "answers" USING btree ("workspace_id","rep_id","id");--> statement-breakpoint
CREATE INDEX "answers_retracts" ON "answers" USING btree ("workspace_id","retracts") WHERE "answers"."retracts" is not null;--> statement-breakpoint
CREATE INDEX "needs_answer" ON "needs" USING btree ("workspace_id","answer_id");--> statement-breakpoint
CREATE INDEX "verifications_answer" ON "verifications" USING btree ("workspace_id","answer_id");--> statement-breakpoint
-- What began from a need says itself what it is called and thought to be worth: its row is the sum of its facts.
UPDATE "answers" SET "fact" = "answers"."fact" || jsonb_strip_nulls(jsonb_build_object('name', e."name", 'amount', CASE
	WHEN n."estimate" IS NULL THEN NULL
	ELSE jsonb_build_object('value', n."estimate"::text, 'currency', trim(n."currency")) END))
FROM "engagements" e
LEFT JOIN "needs" n ON n."workspace_id" = e."workspace_id" AND n."id" = e."need_id"
WHERE e."workspace_id" = "answers"."workspace_id" AND e."id" = "answers"."engagement_id"
	AND "answers"."fact"->>'begun' IS NOT NULL;
