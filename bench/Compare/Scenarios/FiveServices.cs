namespace Boreal.Bench.Compare.Scenarios;

/// <summary>A project like the voting app's: its programs start at once and have no health checks, so what is measured is what is not the apps' own.</summary>
internal static class FiveServices
{
    /// <param name="name">The project's name.</param>
    /// <param name="web">What the two services have that people look at.</param>
    /// <param name="more">What the project has besides.</param>
    public static string Project(string name, string web, string more = "") => $$"""
        name: {{name}}
        x-service: &service
          image: {{Image.Reference}}
          command: sleep 100000
          stop_signal: KILL
        services:
          db:
            <<: *service
            volumes: ["data:/data"]
          cache:
            <<: *service
          worker:
            <<: *service
            depends_on: [db, cache]
          vote:
            <<: *service
            depends_on: [cache]
            {{web}}
          result:
            <<: *service
            depends_on: [db]
            {{web}}
        volumes:
          data:
        {{more}}
        """;
}
