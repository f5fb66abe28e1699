CREATE TABLE "homes" (
	"workspace_id" text NOT NULL,
	"rep_id" uuid NOT NULL,
	"offset" integer DEFAULT 0 NOT NULL,
	"account_id" uuid,
	"wanted" integer DEFAULT 0 NOT NULL,
	"drawn" integer DEFAULT 0 NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "homes_workspace_id_rep_id_pk" PRIMARY KEY("workspace_id","rep_id")
);
--> statement-breakpoint
CREATE INDEX "engagements_promised" ON "engagements" USING btree ("workspace_id","owner_id") WHERE "engagements"."promise" is not null and "engagements"."verified_at" is null;--> statement-breakpoint
CREATE INDEX "needs_open_of_rep" ON "needs" USING btree ("workspace_id","rep_id","needed_on") WHERE "needs"."outcome" = 'open';--> statement-breakpoint
CREATE INDEX "verifications_rep" ON "verifications" USING btree ("workspace_id","rep_id","recorded_at");