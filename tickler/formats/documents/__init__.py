"""Text out of documents: Word, Excel, PDF, HTML."""
