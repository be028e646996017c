namespace Boreal.Engine.Runtime.Users;

/// <summary>A line of group(5).</summary>
internal readonly record struct GroupEntry(string Name, long Gid, IReadOnlyList<string> Members);
