DROP INDEX "digest_subscriptions_due";--> statement-breakpoint
ALTER TABLE "digest_subscriptions" ADD COLUMN "refused_for" text;--> statement-breakpoint
ALTER TABLE "digest_subscriptions" ADD COLUMN "refusal_told_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "digest_subscriptions_due" ON "digest_subscriptions" USING btree ("workspace_id","due_at");--> statement-breakpoint
ALTER TABLE "digest_subscriptions" DROP COLUMN "paused_reason";