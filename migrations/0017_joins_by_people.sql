CREATE TABLE "joins" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"object" text NOT NULL,
	"holds" boolean DEFAULT true NOT NULL,
	"rep_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"taken_back_by" uuid,
	"taken_back_at" timestamp with time zone,
	CONSTRAINT "joins_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "joins_key" UNIQUE("workspace_id","key","subject","object"),
	CONSTRAINT "joins_taken_back" CHECK (("joins"."taken_back_at" is null) = ("joins"."taken_back_by" is null))
);
--> statement-breakpoint
CREATE INDEX "joins_subject" ON "joins" USING btree ("workspace_id","kind","subject");--> statement-breakpoint
CREATE INDEX "joins_object" ON "joins" USING btree ("workspace_id","kind","object");--> statement-breakpoint
CREATE INDEX "accounts_joins" ON "accounts" USING btree ("workspace_id","joins_id") WHERE "accounts"."joins_id" is not null;