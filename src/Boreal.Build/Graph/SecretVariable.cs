namespace Boreal.Build.Graph;

/// <summary>A secret as a variable of the program.</summary>
public sealed record SecretVariable(string SecretId, string Variable, bool IsOptional);
