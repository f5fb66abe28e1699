ALTER TABLE "bundles" ADD COLUMN "fold_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "url" text;--> statement-breakpoint
CREATE INDEX "bundles_to_fold" ON "bundles" USING btree ("workspace_id","fold_since") WHERE "bundles"."fold_since" is not null;
--> statement-breakpoint
-- Messages sent before, whose questions have been asked anew since.
UPDATE "bundles" AS "older" SET "fold_since" = date_trunc('milliseconds', now())
WHERE "older"."status" = 'delivered' AND EXISTS (
  SELECT 1 FROM "bundle_prompts" AS "shown"
  JOIN "prompts" ON "prompts"."workspace_id" = "shown"."workspace_id" AND "prompts"."id" = "shown"."prompt_id"
    AND "prompts"."closed_at" IS NULL
  JOIN "bundle_prompts" AS "again" ON "again"."workspace_id" = "shown"."workspace_id"
    AND "again"."prompt_id" = "shown"."prompt_id"
  JOIN "bundles" AS "newer" ON "newer"."workspace_id" = "again"."workspace_id" AND "newer"."id" = "again"."bundle_id"
    AND "newer"."status" = 'delivered' AND "newer"."delivered_at" > "older"."delivered_at"
  WHERE "shown"."workspace_id" = "older"."workspace_id" AND "shown"."bundle_id" = "older"."id");
