"""What writes activities and funding requirements: files and forms go through the same plan and the same write."""
