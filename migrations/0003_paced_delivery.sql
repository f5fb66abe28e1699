CREATE TABLE "sending_leases" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"holder_id" uuid NOT NULL,
	"leased_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "bundles_on_their_way";--> statement-breakpoint
ALTER TABLE "bundles" ADD COLUMN "ambiguous_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bundles" ADD COLUMN "found_absent_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "bundles_on_their_way" ON "bundles" USING btree ("workspace_id","urgent" DESC NULLS FIRST,"claimed_at","id") WHERE "bundles"."status" = 'on_its_way';