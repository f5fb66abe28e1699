ALTER TABLE "prompts" ADD COLUMN "spread" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Nothing tells which of those that wait were given their day among imported history: they keep it, as until now.
UPDATE "prompts" SET "spread" = true WHERE "closed_at" IS NULL AND "asked" = 0 AND "on" IS NULL AND NOT "urgent";
