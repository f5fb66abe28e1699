ALTER TABLE "engagements" ADD COLUMN "amount_is_told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "same_as_id" uuid;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "same_as_how" text;--> statement-breakpoint
CREATE INDEX "engagements_same_as" ON "engagements" USING btree ("workspace_id","same_as_id") WHERE "engagements"."same_as_id" is not null;--> statement-breakpoint
CREATE INDEX "engagements_told" ON "engagements" USING btree ("workspace_id","account_id") WHERE "engagements"."source" in ('slack', 'whatsnext');--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_same_as" CHECK (("engagements"."same_as_id" is null) = ("engagements"."same_as_how" is null));