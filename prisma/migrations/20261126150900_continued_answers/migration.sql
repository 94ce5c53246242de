-- Where a lab wants it, an answer that breaks in the middle of its stream is gone on with by another deployment.
ALTER TABLE "models" ADD COLUMN "is_continued" BOOLEAN NOT NULL DEFAULT false;
