CREATE TABLE "account_names" (
	"workspace_id" text NOT NULL,
	"name_key" text NOT NULL,
	CONSTRAINT "account_names_workspace_id_name_key_pk" PRIMARY KEY("workspace_id","name_key")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "joins_id" uuid;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "named_account_id" uuid;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "named_account_id" uuid;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "named_account_id" uuid;--> statement-breakpoint
UPDATE "engagements" SET "named_account_id" = "account_id";
--> statement-breakpoint
ALTER TABLE "engagements" ALTER COLUMN "named_account_id" SET NOT NULL;
--> statement-breakpoint
UPDATE "needs" SET "named_account_id" = "account_id" WHERE "engagement_id" IS NULL;
--> statement-breakpoint
UPDATE "answers" SET "named_account_id" = "account_id" WHERE "engagement_id" IS NULL;
--> statement-breakpoint
INSERT INTO "account_names" SELECT DISTINCT "workspace_id", "name_key" FROM "accounts";
--> statement-breakpoint
-- Names that one account with an id bears: what is named by them is part of that account from now on.
UPDATE "accounts" "named" SET "joins_id" = "bearer"."id", "unsettled_at" = now()
FROM (
	SELECT "workspace_id", "name_key", min("id"::text)::uuid AS "id" FROM "accounts"
	WHERE "external_id" IS NOT NULL GROUP BY "workspace_id", "name_key" HAVING count(*) = 1
) "bearer"
WHERE "named"."workspace_id" = "bearer"."workspace_id" AND "named"."name_key" = "bearer"."name_key" AND "named"."external_id" IS NULL;
--> statement-breakpoint
UPDATE "accounts" SET "unsettled_at" = now() FROM "accounts" "named"
WHERE "accounts"."workspace_id" = "named"."workspace_id" AND "accounts"."id" = "named"."joins_id";
--> statement-breakpoint
UPDATE "engagements" SET "account_id" = "joins_id" FROM "accounts"
WHERE "accounts"."workspace_id" = "engagements"."workspace_id" AND "accounts"."id" = "named_account_id" AND "joins_id" IS NOT NULL;
--> statement-breakpoint
UPDATE "needs" SET "account_id" = "joins_id" FROM "accounts"
WHERE "accounts"."workspace_id" = "needs"."workspace_id" AND "accounts"."id" = "named_account_id" AND "joins_id" IS NOT NULL;
--> statement-breakpoint
UPDATE "answers" SET "account_id" = "joins_id" FROM "accounts"
WHERE "accounts"."workspace_id" = "answers"."workspace_id" AND "accounts"."id" = "named_account_id" AND "joins_id" IS NOT NULL;
--> statement-breakpoint
-- Prompts, needs, answers and verifications of a deal that an update moved to another account follow it.
UPDATE "prompts" SET "account_id" = "engagements"."account_id" FROM "engagements"
WHERE "engagements"."workspace_id" = "prompts"."workspace_id" AND "engagements"."id" = "engagement_id";
--> statement-breakpoint
UPDATE "needs" SET "account_id" = "engagements"."account_id" FROM "engagements"
WHERE "engagements"."workspace_id" = "needs"."workspace_id" AND "engagements"."id" = "engagement_id";
--> statement-breakpoint
UPDATE "answers" SET "account_id" = "engagements"."account_id" FROM "engagements"
WHERE "engagements"."workspace_id" = "answers"."workspace_id" AND "engagements"."id" = "engagement_id";
--> statement-breakpoint
UPDATE "verifications" SET "account_id" = "engagements"."account_id" FROM "engagements"
WHERE "engagements"."workspace_id" = "verifications"."workspace_id" AND "engagements"."id" = "engagement_id";
--> statement-breakpoint
-- Deals named without an id may be with an account whose name has changed since, and closes told of ahead of their day
-- stand as told: the first sweep takes both in anew.
UPDATE "deal_events" SET "applied" = false
WHERE ("update" -> 'account' IS NOT NULL AND "update" -> 'account' ->> 'id' IS NULL)
	OR ("update" ->> 'closedAt')::timestamptz > "occurred_at" OR ("update" ->> 'openedAt')::timestamptz > "occurred_at";
