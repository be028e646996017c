using System.Runtime.InteropServices;
using Voting.Worker;

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

await using var ballots = await BallotBox.OpenAsync(Settings.FromEnvironment(), stop.Token);
await ballots.CountAsync(stop.Token);
