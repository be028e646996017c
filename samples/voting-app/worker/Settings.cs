namespace Voting.Worker;

/// <param name="Check">How long the check of one vote takes, so that workers are worth scaling.</param>
internal sealed record Settings(string Redis, string Database, TimeSpan Check)
{
    public static Settings FromEnvironment() => new(
        Value("REDIS_HOST", "redis"),
        $"Host={Value("DB_HOST", "db")};Username=postgres;Password={Value("POSTGRES_PASSWORD", "")};Database=votes;Timeout=5;Command Timeout=5;Gss Encryption Mode=Disable",
        TimeSpan.FromMilliseconds(int.Parse(Value("CHECK_MILLISECONDS", "20"))));

    private static string Value(string name, string otherwise) => Environment.GetEnvironmentVariable(name) ?? otherwise;
}
