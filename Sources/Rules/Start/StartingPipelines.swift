/// Pipelines to begin with. Both gate what a change did, and audit the whole where nothing is proposed.
enum StartingPipelines {
  static let github = """
    name: auditor
    on:
      pull_request:
      push:
        branches: [main]
    permissions:
      contents: read
    jobs:
      auditor:
        runs-on: ubuntu-latest
        # An image with auditor in it, built from its Dockerfile: a variable of the repository or the organisation.
        container: ${{ vars.AUDITOR_IMAGE }}
        steps:
          - uses: actions/checkout@v4
            with:
              # What changed is told by the merge base, and phases name commits.
              fetch-depth: 0
          # The checkout belongs to another user than the one in the container.
          - run: git config --global --add safe.directory "$GITHUB_WORKSPACE"
          - name: What the change did
            if: github.event_name == 'pull_request'
            run: auditor audit --diff "origin/$GITHUB_BASE_REF" --format github
          - name: Everything
            if: github.event_name != 'pull_request'
            run: auditor audit --format github
          - uses: actions/upload-artifact@v4
            if: always()
            with:
              name: auditor
              path: reports

    """

  static let gitlab = """
    auditor:
      stage: test
      # An image with auditor in it, built from its Dockerfile: a variable of the project or the group.
      image:
        name: $AUDITOR_IMAGE
        entrypoint: [""]
      variables:
        # What changed is told by the merge base, and phases name commits.
        GIT_DEPTH: "0"
      script:
        - if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]; then set -- --diff "$CI_MERGE_REQUEST_DIFF_BASE_SHA"; fi
        - auditor audit "$@" --format gitlab > gl-code-quality-report.json
      artifacts:
        when: always
        paths: [reports]
        reports:
          junit: reports/junit.xml
          codequality: gl-code-quality-report.json

    """
}
