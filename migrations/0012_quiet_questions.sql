ALTER TABLE "prompts" ADD COLUMN "quiet_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "waiting_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "prompts_engagement" ON "prompts" USING btree ("workspace_id","engagement_id") WHERE "prompts"."engagement_id" is not null;--> statement-breakpoint
-- What was asked as often as may be is quiet from its last ask on, and is not asked again for sixty days.
UPDATE "prompts" SET "quiet_since" = "last_asked_at", "due_at" = GREATEST("due_at", "last_asked_at" + interval '60 days')
WHERE "closed_at" IS NULL AND "bundle_id" IS NULL AND "last_asked_at" IS NOT NULL
  AND "asked" > CASE WHEN "question" = 'return' THEN 1 ELSE 2 END;
