ALTER TABLE "accounts" RENAME COLUMN "unsettled_at" TO "returns_pending_since";--> statement-breakpoint
ALTER INDEX "accounts_unsettled" RENAME TO "accounts_returns_pending";
