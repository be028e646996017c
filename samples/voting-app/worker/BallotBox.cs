using Npgsql;
using StackExchange.Redis;

namespace Voting.Worker;

/// <summary>
/// Moves votes from the Redis stream into the database. A vote leaves the stream after it is in the database: one that a killed
/// worker had taken is claimed by another, and counting it twice changes nothing, since a voter has one row.
/// </summary>
internal sealed class BallotBox(ConnectionMultiplexer redis, NpgsqlDataSource database, TimeSpan check) : IAsyncDisposable
{
    private const string Stream = "votes";
    private const string Group = "workers";
    private const long AbandonedAfterMilliseconds = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<BallotBox> OpenAsync(Settings settings, CancellationToken cancellationToken)
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { settings.Redis },
            AbortOnConnectFail = false,
        });
        var database = NpgsqlDataSource.Create(settings.Database);
        await using var table = database.CreateCommand(
            "CREATE TABLE IF NOT EXISTS votes (voter text PRIMARY KEY, vote text NOT NULL, at timestamptz NOT NULL DEFAULT now())");
        await table.ExecuteNonQueryAsync(cancellationToken);
        return new BallotBox(redis, database, settings.Check);
    }

    public async Task CountAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var vote in await TakeAsync())
                {
                    await CountAsync(vote);
                }
            }
            catch (Exception error) when (error is RedisException or NpgsqlException or TimeoutException)
            {
                Console.Error.WriteLine($"votes wait: {error.Message}");
                await PauseAsync(stop);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await redis.DisposeAsync();
    }

    private async Task<StreamEntry[]> TakeAsync()
    {
        var db = redis.GetDatabase();
        try
        {
            var abandoned = await db.StreamAutoClaimAsync(Stream, Group, Environment.MachineName, AbandonedAfterMilliseconds, "0-0", count: 10);
            var taken = abandoned.ClaimedEntries.Length > 0
                ? abandoned.ClaimedEntries
                : await db.StreamReadGroupAsync(Stream, Group, Environment.MachineName, StreamPosition.NewMessages, count: 10);
            if (taken.Length == 0)
            {
                await Task.Delay(Pause);
            }
            return taken;
        }
        catch (RedisServerException error) when (error.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await db.StreamCreateConsumerGroupAsync(Stream, Group, StreamPosition.Beginning, createStream: true);
            return [];
        }
    }

    private async Task CountAsync(StreamEntry vote)
    {
        await Task.Delay(check);
        await using var upsert = database.CreateCommand(
            "INSERT INTO votes (voter, vote) VALUES ($1, $2) ON CONFLICT (voter) DO UPDATE SET vote = $2, at = now()");
        upsert.Parameters.Add(new() { Value = (string?)vote["voter"] ?? "" });
        upsert.Parameters.Add(new() { Value = (string?)vote["vote"] ?? "" });
        await upsert.ExecuteNonQueryAsync();

        var db = redis.GetDatabase();
        await db.StreamAcknowledgeAsync(Stream, Group, vote.Id);
        await db.StreamDeleteAsync(Stream, [vote.Id]);
    }

    private static async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(Pause, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by its own condition.
        }
    }
}
